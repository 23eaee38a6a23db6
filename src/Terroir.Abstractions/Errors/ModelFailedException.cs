namespace Terroir;

/// <summary>A model server did not answer, or not with an answer. Code <c>TER3001</c>; transient unless somebody has
/// to change a setting.</summary>
/// <remarks>It never holds what the server said: servers repeat prompts in their errors.</remarks>
public sealed class ModelFailedException : TerroirException
{
    /// <summary>Creates the error for one call.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="status">The HTTP status; 0 if there was none.</param>
    public ModelFailedException(ModelFailure failure, int status)
        : base("TER3001", IsPassing(failure), Describe(failure, status), innerException: null)
    {
        Failure = failure;
        Status = status;
    }

    /// <summary>What went wrong.</summary>
    public ModelFailure Failure { get; }

    /// <summary>The HTTP status; 0 if there was none.</summary>
    public int Status { get; }

    private static bool IsPassing(ModelFailure failure) =>
        failure is ModelFailure.Unreachable or ModelFailure.TimedOut or ModelFailure.Busy or ModelFailure.Failed;

    private static string Describe(ModelFailure failure, int status) => failure switch
    {
        ModelFailure.Unreachable =>
            "The model server cannot be reached, or it hung up. Start it, or correct Terroir:Models:Endpoint.",
        ModelFailure.TimedOut =>
            "The model server did not finish in time. Give it a smaller model, or raise Terroir:Models:Timeout.",
        ModelFailure.KeyRefused =>
            $"The model server refuses the key (HTTP {status}). Correct what Terroir:Models:ApiKey refers to.",
        ModelFailure.Busy =>
            $"The model server has too much to do (HTTP {status}). Give it more room, or ask less of it.",
        ModelFailure.Rejected =>
            $"The model server rejects the request (HTTP {status}). Check Terroir:Models:Endpoint and Model; if its "
            + "context is small, lower Terroir:Models:ContextSizeMaxBytes.",
        ModelFailure.Failed =>
            $"The model server failed (HTTP {status}). Its own log says why.",
        _ => "The model server sent something that is not a chat completion. Check that Terroir:Models:Endpoint is the "
            + "base of an OpenAI-compatible API, such as http://127.0.0.1:8080/v1.",
    };
}
