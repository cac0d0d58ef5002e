using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace DualDb.Users;

/// <summary>A public key of a set (RFC 7517): an elliptic curve's for ES256, or RSA's for RS256.</summary>
internal abstract class PublicKey
{
    public const string Es256 = "ES256";
    public const string Rs256 = "RS256";

    private protected PublicKey(string algorithm, string? id)
    {
        Algorithm = algorithm;
        Id = id;
    }

    /// <summary>The only algorithm that it verifies.</summary>
    public string Algorithm { get; }

    /// <summary>Its name; null where it has none.</summary>
    public string? Id { get; }

    /// <summary>Whether a signature was made with its private half. A new key object each time: those of the framework belong to one thread.</summary>
    public abstract bool Verifies(byte[] signed, byte[] signature);

    /// <summary>The keys of a set, without those of other kinds: a shared secret in a set that anybody may read is none.</summary>
    /// <exception cref="FormatException">It is no such set, or holds no key that could be used.</exception>
    public static IReadOnlyList<PublicKey> ParseSet(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var keys = document.RootElement.GetProperty("keys").EnumerateArray().Select(Parse).OfType<PublicKey>().ToArray();
            return keys.Length > 0 ? keys : throw new FormatException("It holds no ES256 and no RS256 key.");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or CryptographicException)
        {
            throw new FormatException("It is no JSON Web Key Set.", exception);
        }
    }

    private static PublicKey? Parse(JsonElement key)
    {
        if (Text(key, "use") is not (null or "sig"))
        {
            return null;
        }

        return (Text(key, "kty"), Text(key, "crv"), Text(key, "alg")) switch
        {
            ("EC", "P-256", null or Es256) => new EllipticKey(Text(key, "kid"), Bytes(key, "x"), Bytes(key, "y")),
            ("RSA", _, null or Rs256) => new RsaKey(Text(key, "kid"), Bytes(key, "n"), Bytes(key, "e")),
            _ => null,
        };
    }

    private static string? Text(JsonElement key, string name) => key.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static byte[] Bytes(JsonElement key, string name) => Base64Url.DecodeFromChars(key.GetProperty(name).GetString());

    private sealed class EllipticKey : PublicKey
    {
        private readonly ECParameters _parameters;

        public EllipticKey(string? id, byte[] x, byte[] y)
            : base(Es256, id)
        {
            _parameters = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } };
            using var key = ECDsa.Create(_parameters);
        }

        public override bool Verifies(byte[] signed, byte[] signature)
        {
            using var key = ECDsa.Create(_parameters);
            return key.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    private sealed class RsaKey : PublicKey
    {
        private readonly RSAParameters _parameters;

        public RsaKey(string? id, byte[] modulus, byte[] exponent)
            : base(Rs256, id)
        {
            _parameters = new RSAParameters { Modulus = modulus, Exponent = exponent };
            using var key = RSA.Create(_parameters);
        }

        public override bool Verifies(byte[] signed, byte[] signature)
        {
            using var key = RSA.Create(_parameters);
            return key.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
    }
}
