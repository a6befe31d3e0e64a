"""Steps of `data/build.py`: code that makes the data and does not ship with the package."""
