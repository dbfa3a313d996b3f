"""The word lists, as files that people who are not programmers can read and correct."""
