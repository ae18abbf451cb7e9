"""Operations of who begins or hires: files, employers’ accounts, teams."""
