namespace Terroir.Sovereignty;

/// <summary>A question: may these data be processed there?</summary>
/// <param name="Actor">The id of the user for whom it is done.</param>
/// <param name="Groups">The ids of the groups that the user is in, directly or not.</param>
/// <param name="Operation">What is done, such as <c>generate</c> or <c>embed</c>.</param>
/// <param name="Purpose">What for, if the user said.</param>
/// <param name="Labels">The labels of the data.</param>
/// <param name="Endpoint">Where.</param>
public sealed record ProcessingRequest(
    string Actor,
    IReadOnlyCollection<string> Groups,
    string Operation,
    string? Purpose,
    DataLabels Labels,
    ProcessingEndpoint Endpoint);
