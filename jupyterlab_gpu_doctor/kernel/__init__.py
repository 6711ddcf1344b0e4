"""Python sources that run inside the examined kernel; they travel in the front end as text."""
