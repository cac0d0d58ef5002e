namespace DualDb.Users;

/// <summary>Tokens of a delegate: asked for a newer one, it is called again.</summary>
/// <param name="accessToken">Tells the present token.</param>
internal sealed class DelegatedTokens(Func<CancellationToken, ValueTask<string?>> accessToken) : IAccessTokenProvider
{
    public ValueTask<string?> GetAccessTokenAsync(CancellationToken cancellationToken) => accessToken(cancellationToken);

    public async ValueTask<string?> RefreshAccessTokenAsync(string refused, CancellationToken cancellationToken)
    {
        var token = await accessToken(cancellationToken).ConfigureAwait(false);
        return string.Equals(token, refused, StringComparison.Ordinal) ? null : token;
    }
}
