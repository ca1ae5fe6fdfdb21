from .checked import Checked
from .directory import HelpService, NumberCheck
from .pages import GuidancePage, HomePage, InfoPage, TopicPage

__all__ = ["Checked", "GuidancePage", "HelpService", "HomePage", "InfoPage", "NumberCheck", "TopicPage"]
