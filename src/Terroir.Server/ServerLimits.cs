namespace Terroir.Server;

/// <summary>The bounds of the web host that no setting changes.</summary>
internal static class ServerLimits
{
    /// <summary>How long a body may be, in bytes. A question has 4,000 characters; the rest is for clients that send
    /// a whole conversation with it.</summary>
    public const int BodyBytesMax = 4 << 20;

    /// <summary>How long the form of a document that is put may be, in bytes.</summary>
    public const int PushBytesMax = 64 << 20;

    /// <summary>How many such forms are read at once; others wait.</summary>
    public const int PushCountMax = 4;

    /// <summary>How many connections are open at once; a further one is closed at once.</summary>
    public const int ConnectionCountMax = 1_000;

    /// <summary>How many requests wait for a place, for each place that there is.</summary>
    public const int WaitingPerPlace = 4;

    /// <summary>What is said of a body that is longer.</summary>
    public const string BodyTooLarge = "The body is too large: 4 MiB at most.";
}
