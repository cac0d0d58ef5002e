using System.Text.Json.Serialization;

namespace Storefront.Models;

/// <summary>How the <c>jsonb</c> columns are written: no reflection, so the application can be trimmed.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProductDetails))]
[JsonSerializable(typeof(NotificationSettings))]
public sealed partial class ShopJson : JsonSerializerContext;
