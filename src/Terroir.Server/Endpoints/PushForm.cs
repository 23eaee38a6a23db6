using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Terroir.Ingestion;
using Terroir.Sources;

namespace Terroir.Server.Endpoints;

/// <summary>The form by which a document is put. It is read in memory: a document must not lie in a folder for
/// temporary files.</summary>
/// <param name="Metadata">What is said of it.</param>
/// <param name="FileName">The name of its file.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record PushForm(PushMetadata Metadata, string FileName, byte[] Content)
{
    private const int MetadataBytesMax = 64 << 10;
    private const int FileNameLengthMax = 255;

    private static readonly JsonSerializerOptions Json = CreateJson();

    /// <summary>Reads a form.</summary>
    /// <returns>The form, or what is wrong with it.</returns>
    public static async Task<(PushForm? Form, ProblemHttpResult? Fault)> ReadAsync(
        HttpRequest request,
        CancellationToken cancellationToken)
    {
        try
        {
            return await ReadPartsAsync(request, cancellationToken);
        }
        catch (BadHttpRequestException exception)
            when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, TypedResults.Problem(
                $"The document is too large: {ServerLimits.PushBytesMax >> 20} MiB at most.",
                statusCode: StatusCodes.Status413PayloadTooLarge));
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            return Refuse("The form breaks off or is none. Send 'metadata' and then 'file' as multipart/form-data.");
        }
    }

    /// <summary>The document that the form means.</summary>
    public PushedDocument ToDocument(string id) => new(
        id,
        FileName,
        Content,
        new ItemReaders(new AccessList(Metadata.Allow, Metadata.Deny ?? []), Metadata.Label ?? ""))
    {
        Title = string.IsNullOrWhiteSpace(Metadata.Title) ? null : Metadata.Title.Trim(),
        ModifiedAt = Metadata.ModifiedAt ?? DateTimeOffset.UnixEpoch,
    };

    private static JsonSerializerOptions CreateJson()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        TerroirHost.ConfigureJson(options);
        return options;
    }

    private static async Task<(PushForm? Form, ProblemHttpResult? Fault)> ReadPartsAsync(
        HttpRequest request,
        CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
        {
            return Refuse("Send a form: 'Content-Type: multipart/form-data' with 'metadata' and 'file'.");
        }

        var reader = new MultipartReader(boundary, request.Body);
        if (await reader.ReadNextSectionAsync(cancellationToken) is not { } first
            || NameOf(first) is not ("metadata", _))
        {
            return Refuse("The first part of the form is 'metadata', a JSON object.");
        }

        var (metadata, fault) = await ReadMetadataAsync(first.Body, cancellationToken);
        if (metadata is null)
        {
            return Refuse(fault);
        }

        if (await reader.ReadNextSectionAsync(cancellationToken) is not { } second
            || NameOf(second) is not ("file", { Length: > 0 and <= FileNameLengthMax } fileName)
            || fileName.Any(char.IsControl))
        {
            return Refuse("The second part of the form is 'file', with a file name of up to 255 characters.");
        }

        using var content = new MemoryStream();
        await second.Body.CopyToAsync(content, cancellationToken);
        return await reader.ReadNextSectionAsync(cancellationToken) is null
            ? (new PushForm(metadata, fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..], content.ToArray()), null)
            : Refuse("The form has more than 'metadata' and 'file'.");
    }

    private static (string? Name, string? FileName) NameOf(MultipartSection section) =>
        ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
            ? (
                HeaderUtilities.RemoveQuotes(disposition.Name).Value,
                HeaderUtilities.RemoveQuotes(
                    disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value)
            : (null, null);

    private static async Task<(PushMetadata? Metadata, string Fault)> ReadMetadataAsync(
        Stream body,
        CancellationToken cancellationToken)
    {
        var buffer = new byte[MetadataBytesMax + 1];
        var length = await body.ReadAtLeastAsync(
            buffer,
            buffer.Length,
            throwOnEndOfStream: false,
            cancellationToken);
        try
        {
            var metadata = length > MetadataBytesMax
                ? null
                : JsonSerializer.Deserialize<PushMetadata>(buffer.AsSpan(0, length), Json);
            return metadata is null
                ? (null, "'metadata' is a JSON object of at most 64 KiB.")
                : metadata.FindFault() is { } fault ? (null, fault) : (metadata, "");
        }
        catch (JsonException)
        {
            return (null, "'metadata' is not the JSON that is expected here: '/openapi/v1.json' describes it.");
        }
    }

    private static (PushForm? Form, ProblemHttpResult? Fault) Refuse(string reason) =>
        (null, TypedResults.Problem(reason, statusCode: StatusCodes.Status400BadRequest));
}
