namespace DualDb.Consistency.Monitoring;

/// <summary>Where alerts are posted to.</summary>
public sealed class WebhookOptions
{
    /// <summary>The address; https, or http to this machine. It may be a secret itself, as Slack's are: it is in no log and no message.</summary>
    public Uri? Address { get; set; }

    /// <summary>What posts are signed with, by HMAC-SHA256; null for no signature.</summary>
    public string? Secret { get; set; }

    /// <summary>How long one attempt may take, 10 seconds at first.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often it is tried again where it fails or answers with 408, 429 or 500 and above, 4 times at first: after 1, 4, 16 and 64 seconds, and each further time after 64.</summary>
    public int Retries { get; set; } = 4;

    internal void Check()
    {
        MonitoringOptions.Require(
            Address is { IsAbsoluteUri: true } address && (IsScheme(address, Uri.UriSchemeHttps) || (IsScheme(address, Uri.UriSchemeHttp) && address.IsLoopback)),
            $"Webhook.{nameof(Address)}", "an absolute https address, or http to this machine");
        MonitoringOptions.Require(Timeout > TimeSpan.Zero, $"Webhook.{nameof(Timeout)}", "above zero");
        MonitoringOptions.Require(Retries is >= 0 and <= 10, $"Webhook.{nameof(Retries)}", "from 0 to 10");
        MonitoringOptions.Require(Secret is null or { Length: >= 16 }, $"Webhook.{nameof(Secret)}", "16 characters at least, or null");
    }

    private static bool IsScheme(Uri address, string scheme) => string.Equals(address.Scheme, scheme, StringComparison.Ordinal);
}
