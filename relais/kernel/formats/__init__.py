"""How dates are written where a language's own habit is not everyone's: English days come before months."""
