using System.Runtime.CompilerServices;
using Terroir.Sources;

namespace Terroir.Connectors.Connecting;

/// <summary>Runs steps one after another, up to the first that fails.</summary>
internal static class Trial
{
    /// <summary>Runs the steps.</summary>
    public static async IAsyncEnumerable<ConnectionStep> RunAsync(
        IReadOnlyList<TrialStep> steps,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var step in steps)
        {
            var result = await RunAsync(step, cancellationToken);
            yield return result;
            if (!result.IsPassed)
            {
                yield break;
            }
        }
    }

    private static async Task<ConnectionStep> RunAsync(TrialStep step, CancellationToken cancellationToken)
    {
        try
        {
            return new ConnectionStep(step.Name, IsPassed: true, await step.RunAsync(cancellationToken));
        }
        catch (SourceFaultException fault)
        {
            return new ConnectionStep(step.Name, IsPassed: false, fault.Message);
        }
        catch (SourceUnavailableException fault)
        {
            return new ConnectionStep(step.Name, IsPassed: false, fault.Message);
        }
    }
}
