"""Operations by which a person and the agency talk: messages, documents, appointments, the plan, the door."""
