pytest_plugins = ["rixin.people.tests.cast"]
