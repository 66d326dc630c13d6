"""The store of papers (kho giấy tờ): what the house keeps of a person, and taking a paper back."""
