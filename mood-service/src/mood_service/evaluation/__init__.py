"""Measuring a model: labelled texts, classification, calibration, speed."""
