"""Reception days: whoever wants a time finds it in two clicks; leaders set and change their hours.

Nobody but the two sides and the arranging secretary learns here who has booked.
"""
