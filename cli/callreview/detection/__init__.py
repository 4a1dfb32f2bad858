"""The detection floor: a call and a rubric become sightings. The only floor that imports spaCy."""
