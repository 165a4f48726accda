DROP TABLE mashups;
