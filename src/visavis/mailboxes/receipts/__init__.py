"""What was done for a person today, on paper and by her channel, in reading order: `acts`, `printing`."""
