DROP TABLE media_ranking;
