"""The person's own account (tài khoản của tôi): signing in and out, password, second factor, sessions."""
