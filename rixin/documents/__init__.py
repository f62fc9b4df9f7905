"""Notices, replies, agreements and orders that go out in a matter: made from templates of the catalogue, numbered,
kept as they went out, served, and drawn as DOCX and PDF."""
