"""What is sent and answered where somebody begins or hires."""
