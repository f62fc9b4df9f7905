from django.urls import path

from rixin.desk.lead_pages import board, chains, groups, lead

urlpatterns = [
    path("leads", board.board, name="leads"),
    path("leads/mine", board.mine, name="my_leads"),
    path("leads/of/<slug:code>", board.board, name="lead_board"),
    path("leads/of/<slug:code>/list", board.leads, name="lead_list"),
    path("leads/of/<slug:code>/table", board.table, name="lead_table"),
    path("leads/of/<slug:code>/quarters", board.quarters, name="lead_quarters"),
    path("leads/of/<slug:code>/new", lead.new, name="new_lead"),
    path("leads/<int:pk>", lead.lead, name="lead"),
    path("leads/<int:pk>/do/<slug:action>", lead.act, name="lead_act"),
    path("leads/<int:pk>/rooms", lead.rooms, name="lead_rooms"),
    path("chain", chains.gaps, name="chain_gaps"),
    path("chain/<int:pk>", chains.around, name="enterprise_chain"),
    path("chain/<int:pk>/new", chains.new, name="new_supply_link"),
    path("chain/<int:pk>/end/<int:link>", chains.end, name="end_supply_link"),
    path("enterprise-groups", groups.groups, name="enterprise_groups"),
    path("enterprise-groups/<slug:code>", groups.group, name="enterprise_group"),
]
