"""What the pages promise of people's data, asked of the installation that runs. Reading order: promise, of_time …"""
