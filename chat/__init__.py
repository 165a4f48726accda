"""The page: what Chainlit shows of a conversation.

Import ``chat.root`` first and call ``prepare`` before anything that imports Chainlit: on import Chainlit
writes its files into the folder named by CHAINLIT_APP_ROOT, or into the working directory when that is unset.
"""
