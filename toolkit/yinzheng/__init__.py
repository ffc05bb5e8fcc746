"""Yinzheng 引證: annotate, quote and cite across Chinese and English."""
