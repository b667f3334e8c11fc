"""Updates without a network: signed packs on a stick, and programs that give way to another."""
