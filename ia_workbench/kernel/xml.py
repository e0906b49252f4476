"""The one XML parser of the product: no DOCTYPE, no entities, no network."""

from lxml import etree

from ia_workbench.kernel.errors import Refused

XmlElement = etree._Element


def parse_xml(data: bytes) -> XmlElement:
    """Parse XML bytes and return the root element.

    Refuses a document with a DOCTYPE (entity bombs and external entities need one) and one that is not well formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise Refused("The file holds damaged XML and was not read.") from None
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        raise Refused("The file holds an XML document type, which could hide harmful content, and was not read.")
    return root
