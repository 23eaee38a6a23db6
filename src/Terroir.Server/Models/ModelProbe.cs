using System.Text.Json;
using Microsoft.Extensions.Options;
using Terroir.Models;

namespace Terroir.Server.Models;

/// <summary>Asks the model server what models it has, without sending it anything of the site.</summary>
internal sealed class ModelProbe(
    IOptions<ModelsOptions> options,
    ModelGate gate,
    ModelKey key,
    TimeProvider timeProvider)
{
    /// <summary>A server that takes longer to list its models is out of order.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Asks the server.</summary>
    /// <returns>The names of its models.</returns>
    /// <exception cref="OptionsValidationException">The settings are wrong.</exception>
    /// <exception cref="ModelFailedException">The server does not answer.</exception>
    public async Task<IReadOnlyList<string>> ListModelsAsync(CancellationToken cancellationToken)
    {
        var endpoint = options.Value.Endpoint.TrimEnd('/');
        using var http = ModelConnection.Open(gate, key.Read(options.Value));
        using var deadline = new CancellationTokenSource(Patience, timeProvider);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var response = await http.GetAsync(
                new Uri($"{endpoint}/models"),
                HttpCompletionOption.ResponseHeadersRead,
                stop.Token);
            if (!response.IsSuccessStatusCode)
            {
                var status = (int)response.StatusCode;
                throw new ModelFailedException(OpenAiChatClient.FailureOf(status), status);
            }

            using var json = await JsonDocument.ParseAsync(
                await response.Content.ReadAsStreamAsync(stop.Token),
                cancellationToken: stop.Token);
            return
            [
                .. json.RootElement.GetProperty("data").EnumerateArray()
                    .Select(model => model.GetProperty("id").GetString() ?? ""),
            ];
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ModelFailedException(ModelFailure.TimedOut, status: 0);
        }
        catch (Exception exception) when (OpenAiChatClient.IsFailure(exception))
        {
            throw OpenAiChatClient.Describe(exception);
        }
    }
}
