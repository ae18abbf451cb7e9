"""The card sort: what a person likes, without a computer of her own, on the site or on paper."""
