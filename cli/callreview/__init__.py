"""callreview reads a sales call's transcript and tells, with exact quotes, how well the upsell was handled."""

__version__ = "0.1.0"
