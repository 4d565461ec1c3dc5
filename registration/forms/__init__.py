"""What organisers write at the registration desk, and guests at the hall's door."""
