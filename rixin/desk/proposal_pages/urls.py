from django.urls import path

from rixin.desk.proposal_pages import counting, listing, proposal, ratings, rounds

urlpatterns = [
    path("proposals", listing.proposals, name="proposals"),
    path("proposals/<int:pk>", proposal.proposal, name="proposal"),
    path("proposals/<int:pk>/do/<slug:action>", proposal.act, name="proposal_act"),
    path("proposals/<int:pk>/contact", proposal.contact, name="proposal_contact"),
    path("proposals/ratings", ratings.ratings, name="project_ratings"),
    path("proposals/ratings/<int:pk>", ratings.rating, name="project_rating"),
    path("proposals/ratings/answers/<int:pk>/contact", ratings.contact, name="rating_contact"),
    path("choices/new", rounds.new, name="new_choice"),
    path("choices/<int:pk>", rounds.choice, name="choice"),
    path("choices/<int:pk>/do/<slug:action>", rounds.act, name="choice_act"),
    path("choices/<int:pk>/count", counting.count, name="count_votes"),
    path("choices/<int:pk>/compare", listing.compare, name="compare_proposals"),
    path("choices/<int:pk>/raise", listing.new, name="new_proposal"),
]
