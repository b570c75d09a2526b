"""Signing in, out and staying in, by the framework's own machinery: LoginManager, its two-factor module, its
reset keys and its Sessions table. Nothing here makes or checks a secret itself; it only speaks plainly.
"""
