using System.Text.Json;
using DualDb.Consistency.Events;

namespace DualDb.Consistency.Tests.Events.Rig;

[DomainEvent("purchase.made")]
public sealed partial record PurchaseMade(long Number, string Buyer);

[DomainEvent("profile.renamed", Version = 2)]
public sealed partial record ProfileRenamed(string Buyer, string Name) : IUpgradableEvent<ProfileRenamed>
{
    public static ProfileRenamed Upgrade(int version, JsonElement payload)
        => new(payload.GetProperty("buyer").GetString()!, payload.GetProperty("first").GetString() + " " + payload.GetProperty("last").GetString());
}
