pytest_plugins = ["rixin.people.tests.cast", "rixin.places.tests.ground", "rixin.cases.tests.builders"]
