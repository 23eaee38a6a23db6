using Microsoft.Extensions.Options;

namespace Terroir.Server;

/// <summary>Checks options that say themselves what is wrong with them.</summary>
/// <param name="findFault">Says what is wrong, or nothing.</param>
internal sealed class FaultValidator<TOptions>(Func<TOptions, string?> findFault) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options) =>
        findFault(options) is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;
}
