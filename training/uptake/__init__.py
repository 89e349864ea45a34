"""How a listener takes up what it is told, learned from turns of ordinary life and wordings of remarks."""
