namespace Terroir;

/// <summary>What went wrong with a call of a model server.</summary>
public enum ModelFailure
{
    /// <summary>There was no connection, or it broke.</summary>
    Unreachable,

    /// <summary>The answer was not complete in time.</summary>
    TimedOut,

    /// <summary>The key is missing or wrong: HTTP 401 or 403.</summary>
    KeyRefused,

    /// <summary>The server has too much to do: HTTP 429 or 503.</summary>
    Busy,

    /// <summary>The server does not take the request: any other status below 500, such as 400 for a prompt that is
    /// longer than its context, 404 for a model that it does not have, or a redirection.</summary>
    Rejected,

    /// <summary>The server failed: HTTP 500 and above.</summary>
    Failed,

    /// <summary>What came is no chat completion, or it ended before its end.</summary>
    Malformed,
}
