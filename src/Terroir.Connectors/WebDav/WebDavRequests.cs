using System.Xml.Linq;

namespace Terroir.Connectors.WebDav;

/// <summary>The bodies of requests.</summary>
internal static class WebDavRequests
{
    private static readonly XNamespace Dav = "DAV:";
    private static readonly XNamespace Owncloud = "http://owncloud.org/ns";

    /// <summary>Asks for what is needed of a file or folder.</summary>
    public static string Find { get; } = Write(new XElement(Dav + "propfind", Properties(hasToken: true)));

    /// <summary>Asks for what changed.</summary>
    public static string Changes(string token) => Write(new XElement(
        Dav + "sync-collection",
        new XElement(Dav + "sync-token", token),
        new XElement(Dav + "sync-level", "infinite"),
        Properties(hasToken: false)));

    private static XElement Properties(bool hasToken) => new(
        Dav + "prop",
        new XElement(Dav + "resourcetype"),
        new XElement(Dav + "getetag"),
        new XElement(Dav + "getcontentlength"),
        new XElement(Dav + "getlastmodified"),
        new XElement(Owncloud + "fileid"),
        hasToken ? new XElement(Dav + "sync-token") : null);

    private static string Write(XElement root)
    {
        root.SetAttributeValue(XNamespace.Xmlns + "d", Dav.NamespaceName);
        root.SetAttributeValue(XNamespace.Xmlns + "oc", Owncloud.NamespaceName);
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>" + root.ToString(SaveOptions.DisableFormatting);
    }
}
