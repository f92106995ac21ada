-- Loss on the way down (下行重传): what the parent's TCP sent again, as it says itself.
ALTER TABLE link_probe ADD COLUMN down_loss_permille INTEGER;
