"""Interviews by video: from the appointment to the room, peer to peer; nothing is recorded, nobody is analysed."""
