using System.Globalization;
using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;
using Terroir.Connectors.Connecting;

namespace Terroir.Connectors.S3;

/// <summary>Says what an error of a bucket means and what to do. Keys and signatures stay out of it.</summary>
internal static class S3Faults
{
    /// <summary>Whether an error can be explained.</summary>
    public static bool IsKnown(Exception exception) =>
        exception is AmazonServiceException or AmazonClientException or HttpRequestException or IOException
            or SourceFaultException or TimeoutException;

    /// <summary>What an error means for the whole source.</summary>
    public static SourceFaultException Explain(Exception exception, S3Settings settings) => exception switch
    {
        SourceFaultException fault => fault,
        AmazonS3Exception { StatusCode: >= HttpStatusCode.Continue } error => Explain(error, settings),
        _ when Find<SourceFaultException>(exception) is { } fault => fault,
        _ when Find<System.Security.Authentication.AuthenticationException>(exception) is not null =>
            new SourceFaultException(
                "The certificate of the server is not believed. Set 'ca-file' to that of your own authority.",
                exception),
        _ => new SourceFaultException("The server broke the connection or did not answer in time.", exception)
        {
            IsTransient = true,
        },
    };

    private static SourceFaultException Explain(AmazonS3Exception error, S3Settings settings) =>
        error.ErrorCode switch
        {
            "InvalidAccessKeyId" => Refuse(error, "The server does not know the key of 'access-key'. Check it."),
            "SignatureDoesNotMatch" => Refuse(error, "The secret of 'secret-key' is not that of the key. Mend it."),
            "ExpiredToken" or "InvalidToken" or "TokenRefreshRequired" =>
                Refuse(error, "The credentials have run out. Put new ones in their place."),
            "RequestTimeTooSkewed" => Refuse(error, "The clock of this machine is not the server's. Set it right."),
            "NoSuchBucket" => Refuse(error, $"There is no bucket '{settings.Bucket}' on this server. Check 'bucket'."),
            "AuthorizationHeaderMalformed" or "PermanentRedirect" or "IllegalLocationConstraintException" =>
                Refuse(error, $"The bucket is not in the region '{settings.Region}'. Set 'region'."),
            "AccessDenied" or "AllAccessDisabled" =>
                Refuse(error, "The key may not list this bucket. Let it list the bucket and get its objects."),
            _ when error.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
                || error.ErrorCode is "SlowDown" or "RequestTimeout" =>
                new SourceFaultException($"The server answers {(int)error.StatusCode}: it is busy or broken.", error)
                {
                    IsTransient = true,
                    RetryAfter = RetryAfter(error),
                },
            _ when error.StatusCode is HttpStatusCode.Forbidden =>
                Refuse(error, "The server refuses the key or its rights. Check 'access-key' and 'secret-key'."),
            _ when error.StatusCode is HttpStatusCode.NotFound =>
                Refuse(error, "There is no such bucket there. Check 'endpoint', 'bucket' and 'path-style'."),
            _ => Refuse(error, $"The server answers {(int)error.StatusCode} to a request of S3. Check 'endpoint'."),
        };

    private static SourceFaultException Refuse(AmazonS3Exception error, string advice) => new(advice, error);

    private static TimeSpan? RetryAfter(AmazonS3Exception error) =>
        error.InnerException is HttpErrorResponseException { Response: { } response }
        && response.IsHeaderPresent("Retry-After")
        && int.TryParse(
            response.GetHeaderValue("Retry-After"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static T? Find<T>(Exception exception)
        where T : Exception
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is T found)
            {
                return found;
            }
        }

        return null;
    }
}
