OFFER = None
