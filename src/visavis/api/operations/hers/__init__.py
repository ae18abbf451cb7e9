"""Operations upon what is a person’s own: her search, her CV, her account."""
