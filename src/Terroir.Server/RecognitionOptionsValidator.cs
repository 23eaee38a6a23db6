using Microsoft.Extensions.Options;
using Terroir.Readers.Recognition;

namespace Terroir.Server;

/// <summary>Checks <see cref="RecognitionOptions"/>.</summary>
internal sealed class RecognitionOptionsValidator : IValidateOptions<RecognitionOptions>
{
    public ValidateOptionsResult Validate(string? name, RecognitionOptions options) =>
        options.FindFault() is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;
}
