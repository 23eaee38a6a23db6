using Microsoft.Extensions.Options;
using Terroir.Readers.Workers;

namespace Terroir.Server;

/// <summary>Checks <see cref="ReadingOptions"/>.</summary>
internal sealed class ReadingOptionsValidator : IValidateOptions<ReadingOptions>
{
    public ValidateOptionsResult Validate(string? name, ReadingOptions options) =>
        options.FindFault() is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;
}
